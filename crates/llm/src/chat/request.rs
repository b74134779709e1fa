use serde_json::Value;

/// What a model is asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChatRequest {
    /// What it is and how it behaves; nothing that a guest wrote stands in here.
    pub instructions: String,
    /// What was said so far, the oldest first.
    pub messages: Vec<Message>,
    /// What it may ask for.
    pub tools: Vec<ToolSpec>,
    /// The most tokens it may write.
    pub most_tokens: u32,
}

impl ChatRequest {
    /// How many bytes of text it is, about: what a service that does not count is likely to have read.
    pub fn letters(&self) -> usize {
        let messages = self.messages.iter().map(|message| match message {
            Message::Guest(text) | Message::Model(text) | Message::Remark(text) => text.len(),
            Message::Calls { text, calls } => {
                let calls = calls
                    .iter()
                    .map(|call| call.name.len() + call.arguments.len());
                text.len() + calls.sum::<usize>()
            }
            Message::Result { content, .. } => content.len(),
        });
        let tools = self.tools.iter();
        let tools = tools.map(|tool| tool.description.len() + tool.parameters.to_string().len());
        self.instructions.len() + messages.sum::<usize>() + tools.sum::<usize>()
    }
}

/// One thing that was said.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// By whoever is talked to.
    Guest(String),
    /// By the model.
    Model(String),
    /// The model asked for tools, with what it said beside.
    Calls {
        /// Often empty.
        text: String,
        /// At least one.
        calls: Vec<ToolCall>,
    },
    /// What a tool answered.
    Result {
        /// Which call it answers.
        call: String,
        /// JSON.
        content: String,
    },
    /// A word of the program itself, such as what to mend.
    Remark(String),
}

/// A tool as the model is told of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolSpec {
    /// What it is called.
    pub name: String,
    /// What it does and when to use it.
    pub description: String,
    /// The JSON schema of its input. Strict: every object closed and every field required.
    pub parameters: Value,
}

/// A tool that the model asks for. Nothing of it was checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ToolCall {
    /// What the answer refers to.
    pub id: String,
    /// Which tool.
    pub name: String,
    /// Its input, JSON if all is well.
    pub arguments: String,
}
