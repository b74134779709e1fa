//! Documents to look at.

use chrono::NaiveDate;
use motel_invoices::{
    Addressee, InvoiceKind, InvoiceLine, InvoiceNumber, Issuer, Language, PaymentLine, Snapshot,
    TaxName, TaxRow, TaxWithin,
};
use motel_kernel::{BasisPoints, Money, PostingId};
use motel_tenancy::Address;

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
}

fn money(minor: i64, currency: &str) -> Money {
    Money::new(minor, currency.parse().unwrap())
}

fn line(position: i32, day: Option<u32>, description: &str, amount: Money) -> InvoiceLine {
    InvoiceLine {
        position,
        posting: "01890a5d-ac96-774b-bcce-b302099a8057"
            .parse::<PostingId>()
            .unwrap(),
        date: day.map(date),
        description: description.to_owned(),
        amount,
        tax: None,
        within: Vec::new(),
    }
}

fn tax(code: &str, name: &str, rate: u32) -> TaxName {
    TaxName {
        code: code.to_owned(),
        name: name.to_owned(),
        rate: (rate > 0).then(|| BasisPoints::new(rate).unwrap()),
    }
}

fn row(tax: TaxName, included: bool, amount: Money) -> TaxRow {
    TaxRow {
        tax,
        included,
        amount,
    }
}

fn paid(day: u32, description: &str, amount: Money) -> PaymentLine {
    PaymentLine {
        date: date(day),
        description: description.to_owned(),
        amount,
    }
}

/// An American motel: tax on top, some of it paid.
pub(crate) fn english() -> Snapshot {
    let usd = |minor| money(minor, "USD");
    let room_tax = tax("tax", "Room tax", 1_200);
    let taxed = |position, day, minor| InvoiceLine {
        tax: Some(room_tax.clone()),
        ..line(position, Some(day), "Room tax", usd(minor))
    };
    Snapshot {
        number: InvoiceNumber {
            kind: InvoiceKind::Invoice,
            year: 2026,
            sequence: 123,
        },
        language: Language::En,
        issued_at: "2026-12-06T15:04:05Z".parse().unwrap(),
        issued_on: date(6),
        booking_code: "RM-7K3F9Q".to_owned(),
        stay: Some((date(4), date(6))),
        corrects: None,
        reason: None,
        issuer: Issuer {
            name: "Alder Falls Motel".to_owned(),
            business: Some("Alder Hospitality LLC".to_owned()),
            tagline: "Ten rooms by the river".to_owned(),
            address: Address {
                street: "1 Test Road".to_owned(),
                city: "Alder Falls".to_owned(),
                region: "NY".to_owned(),
                postal_code: "12000".to_owned(),
                country: "US".to_owned(),
            },
            phone: "+15185550142".to_owned(),
            email: "stay@motel.example".to_owned(),
        },
        addressee: Addressee {
            name: "Ana Souza".to_owned(),
            street: "Rua das Flores 7".to_owned(),
            postal_code: "4000-123".to_owned(),
            city: "Porto".to_owned(),
            country: "PT".to_owned(),
            ..Addressee::default()
        },
        lines: vec![
            line(1, Some(4), "Room", usd(14_400)),
            taxed(2, 4, 1_728),
            line(3, Some(5), "Room", usd(14_400)),
            taxed(4, 5, 1_728),
            line(5, Some(5), "Pet fee", usd(2_000)),
            line(
                6,
                None,
                "Minibar: two bottles of sparkling water, a bag of nuts, and the small chocolate that is always gone first",
                usd(1_234),
            ),
        ],
        taxes: vec![row(room_tax.clone(), false, usd(3_456))],
        total: usd(35_490),
        invoiced_before: usd(0),
        payments: vec![
            paid(1, "Payment, card", usd(20_000)),
            paid(6, "Payment, cash", usd(5_490)),
        ],
        balance: usd(10_000),
    }
}

/// A German house: taxes at two rates within the prices, and a tax by the person on top, for a company.
pub(crate) fn german() -> Snapshot {
    let eur = |minor| money(minor, "EUR");
    let (low, high) = (
        tax("vat7", "Umsatzsteuer", 700),
        tax("vat19", "Umsatzsteuer", 1_900),
    );
    let city = tax("city", "Kurtaxe", 0);
    let holding = |mut line: InvoiceLine, tax: &TaxName, minor| {
        line.within.push(TaxWithin {
            tax: tax.clone(),
            amount: eur(minor),
        });
        line
    };
    let mut sample = english();
    sample.language = Language::De;
    sample.issuer.name = "Gasthof zur Mühle".to_owned();
    sample.issuer.business = None;
    sample.issuer.tagline = "Zimmer, Küche, Biergarten".to_owned();
    sample.issuer.address = Address {
        street: "Mühlweg 3".to_owned(),
        city: "Bad Tölz".to_owned(),
        region: String::new(),
        postal_code: "83646".to_owned(),
        country: "DE".to_owned(),
    };
    sample.addressee = Addressee {
        name: "Jürgen Weiß".to_owned(),
        company: "Weiß & Söhne <Maschinenbau> GmbH".to_owned(),
        street: "Königstraße 1".to_owned(),
        postal_code: "70173".to_owned(),
        city: "Stuttgart".to_owned(),
        country: "DE".to_owned(),
        tax_id: "DE123456789".to_owned(),
        ..Addressee::default()
    };
    sample.lines = vec![
        holding(line(1, Some(4), "Übernachtung", eur(107_000)), &low, 7_000),
        InvoiceLine {
            tax: Some(city.clone()),
            ..line(2, Some(4), "Kurtaxe", eur(420))
        },
        holding(line(3, Some(5), "Abendessen", eur(11_900)), &high, 1_900),
    ];
    sample.taxes = vec![
        row(city, false, eur(420)),
        row(low, true, eur(7_000)),
        row(high, true, eur(1_900)),
    ];
    (sample.total, sample.invoiced_before) = (eur(119_320), eur(5_000));
    sample.payments = vec![paid(3, "Zahlung, Überweisung", eur(150_000))];
    sample.balance = eur(-25_680);
    sample
}

/// One line of it taken back, in French.
pub(crate) fn credit_note() -> Snapshot {
    let mut sample = german();
    sample.language = Language::Fr;
    sample.corrects = Some(sample.number);
    sample.number = InvoiceNumber {
        kind: InvoiceKind::CreditNote,
        year: 2026,
        sequence: 4,
    };
    sample.reason = Some("Le dîner n’a pas été servi".to_owned());
    sample.lines.drain(..2);
    for line in &mut sample.lines {
        line.description = "Dîner".to_owned();
        line.amount = line.amount.negated().unwrap();
    }
    sample.taxes.drain(..2);
    sample.taxes[0].amount = sample.taxes[0].amount.negated().unwrap();
    sample.total = money(-11_900, "EUR");
    sample.balance = sample.total;
    sample.invoiced_before = money(0, "EUR");
    sample.payments.clear();
    sample
}

/// Money that came in, in Spanish, for somebody whose name is Greek and Cyrillic.
pub(crate) fn receipt() -> Snapshot {
    let mut sample = english();
    sample.language = Language::Es;
    sample.number = InvoiceNumber {
        kind: InvoiceKind::Receipt,
        year: 2026,
        sequence: 1_234_567,
    };
    sample.addressee = Addressee {
        name: "Ελένη Жукова 漢字".to_owned(),
        ..Addressee::default()
    };
    sample.lines = vec![
        line(1, Some(1), "Pago, tarjeta", money(20_000, "JPY")),
        line(2, Some(6), "Reembolso, efectivo", money(-500, "JPY")),
    ];
    sample.taxes.clear();
    sample.payments.clear();
    sample.total = money(19_500, "JPY");
    (sample.invoiced_before, sample.balance) = (money(0, "JPY"), money(19_500, "JPY"));
    sample
}

/// Two months of nights: more than a page holds.
pub(crate) fn long() -> Snapshot {
    let usd = |minor| money(minor, "USD");
    let mut sample = english();
    let first = date(1);
    sample.lines = (0..62)
        .map(|night| InvoiceLine {
            date: Some(first + chrono::Days::new(night)),
            ..line(i32::try_from(night).unwrap() + 1, None, "Room", usd(12_000))
        })
        .collect();
    sample.stay = Some((first, first + chrono::Days::new(62)));
    sample.taxes.clear();
    sample.payments.clear();
    sample.total = usd(62 * 12_000);
    sample.balance = sample.total;
    sample
}

/// All of them by name.
pub(crate) fn all() -> [(&'static str, Snapshot); 5] {
    [
        ("english", english()),
        ("german", german()),
        ("credit_note", credit_note()),
        ("receipt", receipt()),
        ("long", long()),
    ]
}
