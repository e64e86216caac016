//! JSON Lines in, JSON Lines out.

use std::error::Error;
use std::io::{BufRead, Write};
use std::process::ExitCode;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Answers every line of standard input with one line. A line that cannot be answered gets
/// `{"id":…,"error":"…"}`, and the exit status is 1 at the end.
pub(crate) fn answer_each<Question, Answer>(
    answer: impl Fn(Question) -> Result<Answer, Box<dyn Error>>,
) -> ExitCode
where
    Question: DeserializeOwned,
    Answer: Serialize,
{
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut status = ExitCode::SUCCESS;
    let mut line = Vec::new();
    let mut input = std::io::stdin().lock();
    loop {
        line.clear();
        match input.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) if line.trim_ascii().is_empty() => continue,
            Ok(_) => {}
            Err(_) => return ExitCode::FAILURE,
        }
        let reply = answer_line(&line, &answer).unwrap_or_else(|(id, error)| {
            status = ExitCode::FAILURE;
            json!({ "id": id, "error": error.to_string() })
        });
        // A reader that went away is no failure of ours.
        if writeln!(out, "{reply}").is_err() {
            return status;
        }
    }
    let _ = out.flush();
    status
}

/// One question's answer, with the question's id in front; or the id and what is wrong.
fn answer_line<Question, Answer>(
    line: &[u8],
    answer: impl Fn(Question) -> Result<Answer, Box<dyn Error>>,
) -> Result<Value, (Value, Box<dyn Error>)>
where
    Question: DeserializeOwned,
    Answer: Serialize,
{
    let question: Value = serde_json::from_slice(line).map_err(|e| (Value::Null, e.into()))?;
    let id = question.get("id").cloned().unwrap_or_default();
    let reply = || -> Result<Value, Box<dyn Error>> {
        let mut reply = json!({ "id": id });
        if let (Value::Object(all), Value::Object(fields)) = (
            &mut reply,
            serde_json::to_value(answer(serde_json::from_value(question)?)?)?,
        ) {
            all.extend(fields);
        }
        Ok(reply)
    };
    reply().map_err(|error| (id.clone(), error))
}
