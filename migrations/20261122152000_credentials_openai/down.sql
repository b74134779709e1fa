DELETE FROM credentials.credentials WHERE provider = 'openai';
ALTER TABLE credentials.credentials
    DROP CONSTRAINT credentials_provider_check,
    ADD CONSTRAINT credentials_provider_check CHECK (provider IN ('twilio'));
