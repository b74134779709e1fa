-- Assistants of others, which call the tools of the front desk by the Model Context Protocol.
ALTER TABLE conversations.conversations
    DROP CONSTRAINT conversations_channel_check,
    ADD CONSTRAINT conversations_channel_check CHECK (channel IN ('web', 'phone', 'sms', 'whatsapp', 'email', 'mcp'));
