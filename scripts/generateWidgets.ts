// Writes the two generated files of the kernel's widgets. A test compares them with what this program would write.
//
//   npx tsx scripts/generateWidgets.ts

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { declarationsText, modelsText, readModels, type SchemaModel } from "./widgetFiles.js";

const require = createRequire(import.meta.url);
const schema = require("@jupyter-widgets/schema/jupyterwidgetmodels.latest.json") as readonly SchemaModel[];
const { version } = require("@jupyter-widgets/schema/package.json") as { version: string };
const models = readModels(schema);
const kernel = fileURLToPath(new URL("../kernel/", import.meta.url));

writeFileSync(`${kernel}widgets/models.ts`, modelsText(models, version));
writeFileSync(`${kernel}compile/widgetTypes.ts`, declarationsText(models, version));
