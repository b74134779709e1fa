use crate::understanding::Language;

/// To somebody who writes in another language: that English is read here, and how to get a person.
pub(crate) fn only_english(language: Language) -> &'static str {
    match language {
        Language::Arabic => {
            "عذرًا، أفهم الإنجليزية فقط. اكتب بالإنجليزية من فضلك، أو اكتب \"a person please\" للتحدث مع أحد الزملاء."
        }
        Language::Chinese => {
            "抱歉，我只懂英语。请用英语书写，或输入“a person please”，由同事为您服务。"
        }
        Language::Dutch => {
            "Sorry, ik begrijp alleen Engels. Schrijf alstublieft in het Engels, of schrijf \"a person please\" voor een collega."
        }
        Language::French => {
            "Désolé, je ne comprends que l'anglais. Écrivez en anglais, ou écrivez « a person please » pour parler à un collègue."
        }
        Language::German => {
            "Entschuldigung, ich verstehe nur Englisch. Bitte schreiben Sie auf Englisch, oder schreiben Sie „a person please“, dann hilft Ihnen jemand aus dem Haus."
        }
        Language::Hindi => {
            "क्षमा करें, मैं केवल अंग्रेज़ी समझता हूँ। कृपया अंग्रेज़ी में लिखें, या किसी सहकर्मी से बात करने के लिए \"a person please\" लिखें।"
        }
        Language::Italian => {
            "Mi dispiace, capisco solo l'inglese. Scriva in inglese, oppure scriva \"a person please\" per parlare con un collega."
        }
        Language::Japanese => {
            "申し訳ありませんが、英語のみ対応しています。英語でご記入いただくか、係の者をご希望の場合は「a person please」とご入力ください。"
        }
        Language::Korean => {
            "죄송합니다. 영어만 이해합니다. 영어로 써 주시거나, 직원과 이야기하시려면 \"a person please\"이라고 써 주세요."
        }
        Language::Polish => {
            "Przepraszam, rozumiem tylko po angielsku. Proszę pisać po angielsku albo wpisać „a person please”, żeby porozmawiać z pracownikiem."
        }
        Language::Portuguese => {
            "Desculpe, só entendo inglês. Escreva em inglês ou escreva \"a person please\" para falar com um colega."
        }
        Language::Russian => {
            "Извините, я понимаю только по-английски. Пишите, пожалуйста, по-английски или напишите «a person please», чтобы поговорить с сотрудником."
        }
        Language::Spanish => {
            "Lo siento, solo entiendo inglés. Escriba en inglés, por favor, o escriba \"a person please\" para hablar con un compañero."
        }
        Language::Turkish => {
            "Üzgünüm, yalnızca İngilizce anlıyorum. Lütfen İngilizce yazın ya da bir çalışanla konuşmak için \"a person please\" yazın."
        }
        Language::Ukrainian => {
            "Вибачте, я розумію лише англійську. Пишіть, будь ласка, англійською або напишіть «a person please», щоб поговорити з працівником."
        }
    }
}
