// The worker that makes Markdown into HTML: see crates/rich-text, and for who asks it
// src/browser/rich_text. It is asked one thing at a time, and answers everything.
import init, { Answers } from "./rich-text.js";

// How long it waits for more of an answer before it looks at what it put off, in milliseconds.
const REST = 150;
const resting = new Map();

const rest = (answer, answers) => {
  clearTimeout(resting.get(answer));
  resting.delete(answer);
  if (!answers) return;
  const look = () => {
    resting.delete(answer);
    try {
      const seen = answers.look(answer);
      if (seen) postMessage({ says: "unasked", answer, ...seen });
    } catch (error) {
      broken(error);
    }
  };
  resting.set(answer, setTimeout(look, REST));
};

// A module that has fallen over cannot be asked again: the page starts another worker.
const broken = (error) => {
  console.error(error);
  postMessage({ says: "broken" });
  close();
};

const asked = (answers, { answer, op, text }) => {
  if (op === "push") {
    rest(answer, answers);
    const seen = answers.push(answer, text);
    postMessage(seen ? { says: "asked", answer, ...seen } : { says: "later", answer });
  } else {
    rest(answer);
    if (op === "finish") postMessage({ says: "asked", answer, ...answers.finish(answer, text) });
    else answers.forget(answer);
  }
};

try {
  await init({ module_or_path: new URL("./rich-text_bg.wasm", import.meta.url) });
  const answers = new Answers(() => performance.now());
  onmessage = ({ data }) => {
    try {
      asked(answers, data);
    } catch (error) {
      console.error(error);
      postMessage({ says: "lost" });
      close();
    }
  };
  postMessage({ says: "ready" });
} catch (error) {
  broken(error);
}
