DROP TABLE billing.revocations;
DROP TABLE billing.webhook_incidents;
DROP TABLE billing.unread_webhooks;
DROP TABLE billing.payment_events;
DROP FUNCTION billing.check_taken_stays_taken();
