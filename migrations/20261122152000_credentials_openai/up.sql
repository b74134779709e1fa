-- A business may bring its own account with a language model.
ALTER TABLE credentials.credentials
    DROP CONSTRAINT credentials_provider_check,
    ADD CONSTRAINT credentials_provider_check CHECK (provider IN ('twilio', 'openai'));
