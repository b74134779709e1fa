DROP SCHEMA knowledge CASCADE;
-- The extension stays: it may have been there before, and other tables may use it.
