DROP TABLE knowledge.questions;
