-- Who works for some properties of the business only, and for which. Who is limited and has none of them reaches nothing.
ALTER TABLE tenancy.staff
    ADD COLUMN limited boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT staff_owners_reach_everything CHECK (NOT limited OR role IS DISTINCT FROM 'owner');

CREATE TABLE tenancy.member_properties (
    tenant_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    property_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, staff_id, property_id),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES tenancy.staff (tenant_id, id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id)
);

SELECT motel_tenant_table('tenancy.member_properties', 'SELECT, INSERT, DELETE');
