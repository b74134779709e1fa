-- What guests pay with that is no money: gift cards and coupons. What was paid with them stands on folios.
CREATE SCHEMA vouchers;
GRANT USAGE ON SCHEMA vouchers TO motel_app;

-- A gift card. Its code is 100 random bits, of which a plain digest and the last four letters are kept.
CREATE TABLE vouchers.gift_cards (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    currency text NOT NULL CHECK (char_length(currency) = 3),
    -- NULL until the code was told to anybody.
    digest bytea CHECK (octet_length(digest) = 32),
    last_four text CHECK (char_length(last_four) = 4),
    expires_at timestamptz,
    -- When what was left on it was taken, because it expired.
    expired_at timestamptz,
    voided_at timestamptz,
    buyer_email text CHECK (char_length(buyer_email) BETWEEN 3 AND 254),
    recipient_name text CHECK (char_length(recipient_name) BETWEEN 1 AND 200),
    recipient_email text CHECK (char_length(recipient_email) BETWEEN 3 AND 254),
    message text CHECK (char_length(message) BETWEEN 1 AND 1000),
    issued_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, digest),
    UNIQUE (tenant_id, id, currency),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    CHECK ((digest IS NULL) = (last_four IS NULL))
);
CREATE INDEX gift_cards_by_property ON vouchers.gift_cards (tenant_id, property_id, id);
CREATE INDEX gift_cards_to_expire ON vouchers.gift_cards (expires_at) WHERE expires_at IS NOT NULL AND expired_at IS NULL;
SELECT motel_tenant_table('vouchers.gift_cards', 'SELECT, INSERT');
GRANT UPDATE (digest, last_four, expires_at, expired_at, voided_at, buyer_email, recipient_name, recipient_email, message)
    ON vouchers.gift_cards TO motel_app;
-- Those whose time is over are looked for whosever they are.
SELECT motel_platform_access('vouchers.gift_cards', 'SELECT');

-- What came onto a gift card and went off it. Its balance is the sum.
CREATE TABLE vouchers.movements (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    gift_card_id uuid NOT NULL,
    kind text NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    -- The entry of the ledger that says the same.
    entry_id uuid NOT NULL,
    -- Where it was paid with, and which payment something comes back of.
    booking_id uuid,
    folio_id uuid,
    posting_id uuid,
    redemption_id uuid,
    -- What it is done for, so that it is done once.
    source text NOT NULL CHECK (char_length(source) BETWEEN 1 AND 400),
    moved_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, gift_card_id, source),
    UNIQUE (tenant_id, entry_id),
    FOREIGN KEY (tenant_id, gift_card_id, currency) REFERENCES vouchers.gift_cards (tenant_id, id, currency),
    FOREIGN KEY (tenant_id, entry_id) REFERENCES billing.entries (tenant_id, id),
    FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings.bookings (tenant_id, id),
    FOREIGN KEY (tenant_id, folio_id) REFERENCES billing.folios (tenant_id, id),
    FOREIGN KEY (tenant_id, posting_id) REFERENCES billing.postings (tenant_id, id),
    FOREIGN KEY (tenant_id, redemption_id) REFERENCES vouchers.movements (tenant_id, id),
    CONSTRAINT movements_amount_suits_kind CHECK (CASE kind
        WHEN 'issued' THEN amount_minor > 0
        WHEN 'redeemed' THEN amount_minor < 0
        WHEN 'given_back' THEN amount_minor > 0
        WHEN 'expired' THEN amount_minor < 0
        WHEN 'voided' THEN amount_minor < 0
        ELSE false
    END),
    CONSTRAINT movements_on_a_folio CHECK (
        (kind IN ('redeemed', 'given_back')) = (booking_id IS NOT NULL)
        AND (booking_id IS NULL) = (folio_id IS NULL) AND (booking_id IS NULL) = (posting_id IS NULL)
        AND (kind = 'given_back') = (redemption_id IS NOT NULL))
);
CREATE INDEX movements_by_booking ON vouchers.movements (tenant_id, booking_id) WHERE booking_id IS NOT NULL;
CREATE INDEX movements_by_redemption ON vouchers.movements (tenant_id, redemption_id) WHERE redemption_id IS NOT NULL;
SELECT motel_tenant_table('vouchers.movements', 'SELECT, INSERT');

-- Nothing goes off a card that is not on it, and no more comes back of a payment than was paid, however many ask at once.
CREATE FUNCTION vouchers.check_movement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    balance bigint;
    standing bigint;
BEGIN
    PERFORM FROM vouchers.gift_cards WHERE tenant_id = NEW.tenant_id AND id = NEW.gift_card_id FOR NO KEY UPDATE;
    SELECT coalesce(sum(amount_minor), 0) INTO balance FROM vouchers.movements
    WHERE tenant_id = NEW.tenant_id AND gift_card_id = NEW.gift_card_id;
    IF balance + NEW.amount_minor < 0 THEN
        RAISE EXCEPTION 'that is more than is on this gift card'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'gift_cards_never_below_nothing';
    END IF;
    IF NEW.kind = 'given_back' THEN
        SELECT coalesce(sum(amount_minor), 0) INTO standing FROM vouchers.movements
        WHERE tenant_id = NEW.tenant_id AND gift_card_id = NEW.gift_card_id
          AND ((id = NEW.redemption_id AND kind = 'redeemed') OR redemption_id = NEW.redemption_id);
        IF standing + NEW.amount_minor > 0 THEN
            RAISE EXCEPTION 'that is more than was paid with this gift card'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'movements_give_back_what_was_paid';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER check_movement BEFORE INSERT ON vouchers.movements
    FOR EACH ROW EXECUTE FUNCTION vouchers.check_movement();

-- What is on the cards is what the ledger owes on them, entry by entry: neither changes without the other.
CREATE FUNCTION vouchers.refuse_unlike(tenant uuid, entry uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    owed numeric;
    moved numeric;
BEGIN
    SELECT coalesce(sum(amount_minor), 0) INTO owed FROM billing.entry_lines
    WHERE tenant_id = tenant AND entry_id = entry AND account = 'gift_cards';
    SELECT coalesce(sum(amount_minor), 0) INTO moved FROM vouchers.movements
    WHERE tenant_id = tenant AND entry_id = entry;
    IF owed + moved <> 0 THEN
        RAISE EXCEPTION 'the ledger says % of gift cards, the cards say %', owed, moved
            USING ERRCODE = 'check_violation', CONSTRAINT = 'movements_agree_with_the_ledger';
    END IF;
END
$$;
CREATE FUNCTION vouchers.check_entry_of() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM vouchers.refuse_unlike(NEW.tenant_id, NEW.entry_id);
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER check_ledger AFTER INSERT ON vouchers.movements
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vouchers.check_entry_of();
CREATE CONSTRAINT TRIGGER check_gift_cards AFTER INSERT ON billing.entry_lines
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.account = 'gift_cards') EXECUTE FUNCTION vouchers.check_entry_of();

CREATE FUNCTION vouchers.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what moved on a gift card stays; move it back'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'movements_are_append_only';
END
$$;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON vouchers.movements
    FOR EACH STATEMENT EXECUTE FUNCTION vouchers.refuse_change();

-- A code for many that takes something off what is owed.
CREATE TABLE vouchers.coupons (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    code text NOT NULL CHECK (code ~ '^[A-Z0-9][A-Z0-9_-]{1,39}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    -- An amount, or a share of what is owed and at most so much.
    amount_minor bigint CHECK (amount_minor > 0),
    share_bp integer CHECK (share_bp BETWEEN 1 AND 10000),
    most_minor bigint CHECK (most_minor > 0),
    valid_from date,
    valid_until date,
    stay_from date,
    stay_until date,
    min_spend_minor bigint NOT NULL DEFAULT 0 CHECK (min_spend_minor >= 0),
    room_types text[] NOT NULL DEFAULT '{}' CHECK (cardinality(room_types) <= 100),
    rate_plans text[] NOT NULL DEFAULT '{}' CHECK (cardinality(rate_plans) <= 100),
    first_booking_only boolean NOT NULL DEFAULT false,
    max_uses integer CHECK (max_uses > 0),
    max_uses_per_guest integer CHECK (max_uses_per_guest > 0),
    max_total_minor bigint CHECK (max_total_minor > 0),
    ended_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, property_id, code),
    UNIQUE (tenant_id, id, currency),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    CHECK ((amount_minor IS NULL) <> (share_bp IS NULL)),
    CHECK (most_minor IS NULL OR share_bp IS NOT NULL),
    CHECK (valid_from < valid_until),
    CHECK (stay_from < stay_until)
);
SELECT motel_tenant_table('vouchers.coupons', 'SELECT, INSERT, UPDATE');

-- A coupon on a booking. Taken off, its use is given back.
CREATE TABLE vouchers.coupon_uses (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    coupon_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    folio_id uuid NOT NULL,
    posting_id uuid NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL,
    used_at timestamptz NOT NULL,
    taken_off_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, posting_id),
    FOREIGN KEY (tenant_id, coupon_id, currency) REFERENCES vouchers.coupons (tenant_id, id, currency),
    FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings.bookings (tenant_id, id),
    FOREIGN KEY (tenant_id, folio_id) REFERENCES billing.folios (tenant_id, id),
    FOREIGN KEY (tenant_id, posting_id) REFERENCES billing.postings (tenant_id, id)
);
CREATE UNIQUE INDEX coupon_uses_one_a_booking ON vouchers.coupon_uses (tenant_id, booking_id) WHERE taken_off_at IS NULL;
CREATE INDEX coupon_uses_by_coupon ON vouchers.coupon_uses (tenant_id, coupon_id) WHERE taken_off_at IS NULL;
SELECT motel_tenant_table('vouchers.coupon_uses', 'SELECT, INSERT');
GRANT UPDATE (taken_off_at) ON vouchers.coupon_uses TO motel_app;

-- A coupon is used no more often, and takes no more off, than it may in all, however many ask at once.
CREATE FUNCTION vouchers.check_coupon_use() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    coupon vouchers.coupons;
    uses bigint;
    taken bigint;
BEGIN
    SELECT * INTO coupon FROM vouchers.coupons
    WHERE tenant_id = NEW.tenant_id AND id = NEW.coupon_id FOR NO KEY UPDATE;
    SELECT count(*), coalesce(sum(amount_minor), 0) INTO uses, taken FROM vouchers.coupon_uses
    WHERE tenant_id = NEW.tenant_id AND coupon_id = NEW.coupon_id AND taken_off_at IS NULL;
    IF uses >= coupon.max_uses OR taken + NEW.amount_minor > coupon.max_total_minor THEN
        RAISE EXCEPTION 'this coupon is used up'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'coupon_uses_within_caps';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER check_coupon_use BEFORE INSERT ON vouchers.coupon_uses
    FOR EACH ROW EXECUTE FUNCTION vouchers.check_coupon_use();
