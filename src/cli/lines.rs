//! JSON Lines in, JSON Lines out.

use std::error::Error;
use std::io::{BufRead, BufReader, BufWriter, StdoutLock, Write};
use std::process::ExitCode;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value, json};

/// What some editors and shells put in front of a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// Whole numbers beyond this one are not told apart where numbers are floating ones.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// Standard output, and whether all was well so far.
pub(crate) struct Answers {
    out: BufWriter<StdoutLock<'static>>,
    status: ExitCode,
    /// Whether nobody reads any more.
    unread: bool,
}

impl Answers {
    /// Writes one line. A reader that went away is no failure of ours.
    pub(crate) fn write(&mut self, answer: &impl Serialize) {
        if let Ok(answer) = serde_json::to_string(answer) {
            self.unread |= writeln!(self.out, "{answer}").is_err();
        }
    }

    /// Writes what is wrong with a line; the exit status is 1 at the end.
    fn fail(&mut self, id: &Value, error: &str) {
        self.status = ExitCode::FAILURE;
        self.write(&json!({ "id": id, "error": error }));
    }

    /// Whether all was well, once everything is written.
    pub(crate) fn status(mut self) -> ExitCode {
        let _ = self.out.flush();
        self.status
    }
}

/// Answers every line of standard input with one line. A line that cannot be answered gets
/// `{"id":…,"error":"…"}`, and the exit status is 1 at the end.
pub(crate) fn answer_each<Question, Answer>(
    answer: impl Fn(Question) -> Result<Answer, Box<dyn Error>>,
) -> ExitCode
where
    Question: DeserializeOwned,
    Answer: Serialize,
{
    let each = |id: &Value, question, answers: &mut Answers| {
        let mut reply = json!({ "id": id });
        let fields = serde_json::to_value(answer(question)?)?;
        if let (Value::Object(all), Value::Object(fields)) = (&mut reply, fields) {
            all.extend(fields);
        }
        answers.write(&reply);
        Ok(())
    };
    read_each(each).status()
}

/// Hands every line of standard input over, with its id; says of those that cannot be read why.
pub(crate) fn read_each<Question: DeserializeOwned>(
    mut each: impl FnMut(&Value, Question, &mut Answers) -> Result<(), Box<dyn Error>>,
) -> Answers {
    let mut answers = Answers {
        out: BufWriter::new(std::io::stdout().lock()),
        status: ExitCode::SUCCESS,
        unread: false,
    };
    let mut input = BufReader::new(std::io::stdin().lock());
    let mut line = Vec::new();
    while !answers.unread {
        // Who asks line by line waits for the answer.
        if input.buffer().is_empty() {
            answers.unread |= answers.out.flush().is_err();
        }
        line.clear();
        match input.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(_) => {
                answers.status = ExitCode::FAILURE;
                break;
            }
        }
        let text = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&line);
        let text = text.trim_ascii();
        if text.is_empty() {
            continue;
        }
        let mut fields = match read(text) {
            Ok(fields) => fields,
            Err(error) => {
                answers.fail(&Value::Null, &error);
                continue;
            }
        };
        let id = fields.get("id").cloned().unwrap_or_default();
        fields.values_mut().for_each(plain);
        fields.retain(|_, value| !value.is_null());
        let done = serde_json::from_value(Value::Object(fields))
            .map_err(Into::into)
            .and_then(|question| each(&id, question, &mut answers));
        if let Err(error) = done {
            answers.fail(&id, &worded(&error.to_string()));
        }
    }
    answers
}

/// The fields of a line.
fn read(line: &[u8]) -> Result<Map<String, Value>, String> {
    match serde_json::from_slice(line) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err("a line must be one JSON object, such as {\"id\":1}".to_owned()),
        // Each line is a text of its own, so it is always the first.
        Err(error) => Err(format!(
            "this is no JSON: {}",
            error.to_string().replace(" at line 1 column", " at column")
        )),
    }
}

/// As our own records have it: `null` stands for what is missing, and a whole number may come as `5.0`.
fn plain(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(plain);
            fields.retain(|_, value| !value.is_null());
        }
        Value::Array(items) => items.iter_mut().for_each(plain),
        Value::Number(number) => {
            if let Some(whole) = number.as_f64().filter(|_| number.is_f64()).and_then(whole) {
                *number = whole;
            }
        }
        _ => {}
    }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "whole, and within the range of whole numbers"
)]
fn whole(number: f64) -> Option<Number> {
    let is_whole = number.fract() == 0.0 && number.abs() <= LARGEST_WHOLE;
    is_whole.then(|| Number::from(number as i64))
}

/// An error without the names that types have in the code.
fn worded(error: &str) -> String {
    error
        .replace("expected i64", "expected a whole number")
        .replace("floating point", "number")
}
