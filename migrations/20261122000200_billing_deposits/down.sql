DROP TABLE billing.payment_terms;
DROP TABLE billing.deposit_policies;
