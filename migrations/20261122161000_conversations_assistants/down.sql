-- What assistants did stays, as something that was asked over HTTP.
ALTER TABLE conversations.conversations NO FORCE ROW LEVEL SECURITY;
UPDATE conversations.conversations SET channel = 'web' WHERE channel = 'mcp';
ALTER TABLE conversations.conversations FORCE ROW LEVEL SECURITY;
ALTER TABLE conversations.conversations
    DROP CONSTRAINT conversations_channel_check,
    ADD CONSTRAINT conversations_channel_check CHECK (channel IN ('web', 'phone', 'sms', 'whatsapp', 'email'));
