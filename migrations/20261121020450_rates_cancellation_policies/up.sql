-- What cancelling and not coming cost. A plan that names no policy goes by the property's settings.
CREATE TABLE rates.cancellation_policies (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{0,39}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    rules jsonb NOT NULL CHECK (jsonb_typeof(rules) = 'array' AND octet_length(rules::text) <= 8192),
    no_show jsonb NOT NULL CHECK (jsonb_typeof(no_show) = 'object' AND octet_length(no_show::text) <= 1024),
    version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT cancellation_policies_code_is_unique UNIQUE (tenant_id, property_id, code),
    UNIQUE (tenant_id, property_id, id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id)
);
SELECT motel_tenant_table('rates.cancellation_policies');

ALTER TABLE rates.rate_plans
    ADD COLUMN cancellation_policy_id uuid,
    ADD CONSTRAINT rate_plans_cancellation_policy FOREIGN KEY (tenant_id, property_id, cancellation_policy_id)
        REFERENCES rates.cancellation_policies (tenant_id, property_id, id);
