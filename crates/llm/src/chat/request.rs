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
