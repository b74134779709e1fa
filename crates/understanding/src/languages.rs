//! Which language a guest writes in, when it is not English.

use whatlang::{Detector, Lang, Script};

use super::tokens::Tokens;

/// A language that guests are told in that they are not understood in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// العربية
    Arabic,
    /// 中文
    Chinese,
    /// Nederlands
    Dutch,
    /// Français
    French,
    /// Deutsch
    German,
    /// हिन्दी
    Hindi,
    /// Italiano
    Italian,
    /// 日本語
    Japanese,
    /// 한국어
    Korean,
    /// Polski
    Polish,
    /// Português
    Portuguese,
    /// Русский
    Russian,
    /// Español
    Spanish,
    /// Türkçe
    Turkish,
    /// Українська
    Ukrainian,
}

impl Language {
    /// Its code (BCP 47).
    pub fn code(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::Chinese => "zh",
            Self::Dutch => "nl",
            Self::French => "fr",
            Self::German => "de",
            Self::Hindi => "hi",
            Self::Italian => "it",
            Self::Japanese => "ja",
            Self::Korean => "ko",
            Self::Polish => "pl",
            Self::Portuguese => "pt",
            Self::Russian => "ru",
            Self::Spanish => "es",
            Self::Turkish => "tr",
            Self::Ukrainian => "uk",
        }
    }

    fn of(lang: Lang) -> Option<Self> {
        KNOWN
            .iter()
            .find(|(known, _)| *known == lang)
            .map(|(_, language)| *language)
    }
}

const KNOWN: &[(Lang, Language)] = &[
    (Lang::Ara, Language::Arabic),
    (Lang::Cmn, Language::Chinese),
    (Lang::Nld, Language::Dutch),
    (Lang::Fra, Language::French),
    (Lang::Deu, Language::German),
    (Lang::Hin, Language::Hindi),
    (Lang::Ita, Language::Italian),
    (Lang::Jpn, Language::Japanese),
    (Lang::Kor, Language::Korean),
    (Lang::Pol, Language::Polish),
    (Lang::Por, Language::Portuguese),
    (Lang::Rus, Language::Russian),
    (Lang::Spa, Language::Spanish),
    (Lang::Tur, Language::Turkish),
    (Lang::Ukr, Language::Ukrainian),
];

/// Words that are said in one language and not in English: a short message has too few letters to tell it by.
const TELLING: &[(Language, &[&str])] = &[
    (
        Language::Spanish,
        &[
            "hola",
            "gracias",
            "buenos",
            "buenas",
            "habitación",
            "habitacion",
            "quisiera",
            "quiero",
            "tienen",
            "mañana",
        ],
    ),
    (
        Language::French,
        &[
            "bonjour", "bonsoir", "merci", "chambre", "voudrais", "avez", "nuit",
        ],
    ),
    (
        Language::German,
        &[
            "hallo", "guten", "danke", "zimmer", "ich", "möchte", "haben", "nacht", "für",
        ],
    ),
    (
        Language::Italian,
        &[
            "ciao",
            "buongiorno",
            "buonasera",
            "grazie",
            "vorrei",
            "avete",
            "notte",
        ],
    ),
    (
        Language::Portuguese,
        &[
            "olá", "obrigado", "obrigada", "quarto", "gostaria", "vocês", "noite", "não",
        ],
    ),
    (
        Language::Dutch,
        &[
            "goedendag",
            "bedankt",
            "kamer",
            "graag",
            "ik",
            "een",
            "voor",
        ],
    ),
    (
        Language::Polish,
        &["cześć", "dziękuję", "pokój", "chciałbym", "noc", "proszę"],
    ),
    (
        Language::Turkish,
        &["merhaba", "teşekkürler", "oda", "istiyorum", "gece"],
    ),
];

/// How much of a message is looked at.
const LONGEST: usize = 1_000;

/// The language of a message in which nothing English was understood; none where it may be English all the same.
///
/// ```
/// use motel_understanding::{Language, foreign_language};
///
/// assert_eq!(foreign_language("¿Tienen una habitación libre para mañana?"), Some(Language::Spanish));
/// assert_eq!(foreign_language("do you have a room"), None);
/// ```
pub fn foreign_language(text: &str) -> Option<Language> {
    let beginning: String = text.chars().take(LONGEST).collect();
    let allowed = KNOWN.iter().map(|(lang, _)| *lang).chain([Lang::Eng]);
    let found = Detector::with_allowlist(allowed.collect()).detect(&beginning);
    let found = found.filter(|found| found.is_reliable() || found.script() != Script::Latin);
    match found {
        Some(found) => Language::of(found.lang()),
        None => by_word(&beginning),
    }
}

fn by_word(text: &str) -> Option<Language> {
    let tokens = Tokens::of(text);
    let mut telling = TELLING.iter();
    telling
        .find(|(_, words)| tokens.has(words))
        .map(|(language, _)| *language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_by_their_letters() {
        let said = [
            (
                "Quisiera una habitación para el fin de semana",
                Language::Spanish,
            ),
            (
                "Je voudrais réserver une chambre pour deux personnes",
                Language::French,
            ),
            (
                "Haben Sie am Wochenende noch ein Zimmer frei?",
                Language::German,
            ),
            (
                "Vorrei prenotare una camera per due persone",
                Language::Italian,
            ),
            (
                "Gostaria de reservar um quarto para duas pessoas",
                Language::Portuguese,
            ),
            ("Здравствуйте, есть ли свободные номера?", Language::Russian),
            ("Чи є у вас вільні номери на вихідні?", Language::Ukrainian),
            ("请问明天还有房间吗？", Language::Chinese),
            ("明日、部屋は空いていますか？", Language::Japanese),
            ("내일 빈 방 있나요?", Language::Korean),
            ("هل لديكم غرفة متاحة غدا؟", Language::Arabic),
            ("क्या कल के लिए कमरा खाली है?", Language::Hindi),
        ];
        for (text, language) in said {
            assert_eq!(foreign_language(text), Some(language), "{text}");
        }
    }

    #[test]
    fn a_greeting_is_enough() {
        assert_eq!(foreign_language("hola!"), Some(Language::Spanish));
        assert_eq!(foreign_language("Bonjour"), Some(Language::French));
        assert_eq!(foreign_language("Merhaba"), Some(Language::Turkish));
    }

    #[test]
    fn what_may_be_english_is_none_of_them() {
        for text in [
            "",
            "🙃🙃🙃",
            "12345",
            "asdf qwer",
            "ok",
            "do you have a room",
            "can my two dogs come along, and is there somewhere to leave the car",
            "thx u r gr8",
            "José Souza",
        ] {
            assert_eq!(foreign_language(text), None, "{text}");
        }
    }
}
