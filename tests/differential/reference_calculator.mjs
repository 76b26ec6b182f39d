// Reads JSON strings, one a line, and answers each with what the reference calculator says.
// Use: node reference_calculator.mjs PACKAGE_FOLDER < texts.jsonl > counts.jsonl
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join, resolve } from "node:path";

const require = createRequire(import.meta.url);
const folder = resolve(process.argv[2]);
const { SegmentedMessage } = require(folder);
const map = require(join(folder, "dist/libs/SmartEncodingMap")).default;
const alphabet = require(join(folder, "dist/libs/UnicodeToGSM")).default;

const answers = [JSON.stringify({ smartEncoding: map, alphabet })];
for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.parse(line);
  const message = new SegmentedMessage(text);
  const units = message.encodedChars.reduce((sum, char) => sum + char.codeUnits.length, 0);
  const clusters = message.graphemes.length;
  answers.push(JSON.stringify([message.encodingName, units, message.segmentsCount, clusters]));
}
process.stdout.write(answers.join("\n") + "\n");
