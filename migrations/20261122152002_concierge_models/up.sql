-- Which language model a business lets answer its guests, if any. The key is among its credentials.
CREATE SCHEMA concierge;
GRANT USAGE ON SCHEMA concierge TO motel_app;

CREATE TABLE concierge.models (
    tenant_id             uuid PRIMARY KEY REFERENCES tenancy.tenants (tenant_id),
    enabled               boolean NOT NULL,
    base_url              text NOT NULL CHECK (char_length(base_url) BETWEEN 1 AND 300),
    api                   text NOT NULL CHECK (api IN ('chat_completions', 'responses')),
    model                 text NOT NULL CHECK (char_length(model) BETWEEN 1 AND 120),
    -- In hundredths; the service's own where there is none.
    temperature           smallint CHECK (temperature BETWEEN 0 AND 200),
    call_seconds          smallint NOT NULL CHECK (call_seconds BETWEEN 1 AND 60),
    turn_seconds          smallint NOT NULL CHECK (turn_seconds BETWEEN 1 AND 120),
    tokens_a_day          integer NOT NULL CHECK (tokens_a_day > 0),
    -- What a million tokens cost, in millionths of the currency the service bills in.
    read_price_micros     bigint NOT NULL DEFAULT 0 CHECK (read_price_micros BETWEEN 0 AND 1000000000),
    written_price_micros  bigint NOT NULL DEFAULT 0 CHECK (written_price_micros BETWEEN 0 AND 1000000000),
    -- What may be spent a day, in millionths; no end where there is none.
    cost_micros_a_day     bigint CHECK (cost_micros_a_day > 0),
    version               integer NOT NULL CHECK (version > 0),
    set_by                text NOT NULL CHECK (char_length(set_by) BETWEEN 1 AND 100),
    set_at                timestamptz NOT NULL
);
SELECT motel_tenant_table('concierge.models');
