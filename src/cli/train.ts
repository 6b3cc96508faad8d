import { parseArgs } from "node:util";
import { main } from "./main";
import { trainDecaySeries } from "./train-decay-series";
import { olmoVariants, trainOlmoVariant } from "./train-olmo";
import { writeTokenizer } from "./train-tokenizer";
import { trainVitVariant, vitVariants } from "./train-vit";

const help = `Trains a checkpoint with onnxruntime in Node and writes it as a Hugging Face folder.

  npm run train -- vit ${vitVariants.join("|")} [options]
  npm run train -- vit decay-series [--out FILE.json]
  npm run train -- olmo ${olmoVariants.join("|")} [options]
  npm run train -- tokenizer [--out FOLDER]

  --out FOLDER       where the checkpoint goes (default: runs/NAME/checkpoint)
  --threads N        threads of one operator (default 1)
  --epochs N         vit: at most N epochs in every phase, for a quick look
  --fresh            start anew; otherwise an interrupted run goes on
  --json             one JSON object per epoch or evaluation on standard output

The series trains one ViT per weight decay and stores the bands of all in public/results/decay-series.json.
The tokenizer of the language model goes to public/models/olmo-planted unless --out says otherwise.
A run keeps its state in runs/NAME as it goes: stop it with Ctrl-C and give the same command to go on.
The same recipe gives the same weights on the same kind of processor.`;

async function train(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: "string" },
      threads: { type: "string", default: "1" },
      epochs: { type: "string" },
      fresh: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const epochs = values.epochs === undefined ? Infinity : Number(values.epochs);
  const threads = Number(values.threads);
  if (!(epochs >= 1) || !Number.isInteger(threads) || threads < 1) {
    throw new RangeError("--epochs and --threads are whole numbers from 1 up");
  }
  const { out, fresh, json } = values;
  const options = { out, threads, epochs, fresh, json };
  const [architecture, variant = ""] = positionals;
  const known =
    !values.help &&
    ((architecture === "tokenizer" && (await writeTokenizer(out))) ||
      (architecture === "vit" && (await trainVitVariant(variant, options))) ||
      (architecture === "vit" && (await trainDecaySeries(variant, options))) ||
      (architecture === "olmo" && (await trainOlmoVariant(variant, options))));
  if (!known) console.log(help);
  return known || values.help ? 0 : 2;
}

main(train);
