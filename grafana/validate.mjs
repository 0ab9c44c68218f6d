// SPDX-License-Identifier: MIT
// Holds the dashboards against the types that Grafana publishes: node validate.mjs FOLDER...
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(join(process.cwd(), 'package.json'));
const { createGenerator } = require('ts-json-schema-generator');
const Ajv = require('ajv').default;

const types = join(dirname(require.resolve('@grafana/schema/package.json')), 'dist/types/raw');

function validator(file, type) {
  const schema = createGenerator({
    path: join(types, file),
    type,
    expose: 'none',
    skipTypeCheck: true,
    additionalProperties: false,
  }).createSchema(type);
  return new Ajv({ allErrors: true, strict: false }).compile(schema);
}

const dashboard = validator('dashboard/x/types.gen.d.ts', 'Dashboard');
const cloudWatch = validator('composable/cloudwatch/dataquery/x/types.gen.d.ts', 'CloudWatchMetricsQuery');

const problems = [];
function check(validate, value, where) {
  if (!validate(value)) {
    for (const error of validate.errors) {
      problems.push(`${where}${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`);
    }
  }
}

let files = 0;
for (const folder of process.argv.slice(2)) {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.json'))) {
    const file = join(folder, name);
    const content = JSON.parse(readFileSync(file, 'utf8'));
    check(dashboard, content, file);
    for (const panel of content.panels) {
      for (const target of panel.targets.filter((each) => each.datasource.type === 'cloudwatch')) {
        check(cloudWatch, target, `${file} ${panel.title} ${target.refId}`);
      }
    }
    files++;
  }
}
if (problems.length > 0 || files === 0) {
  console.error(problems.join('\n') || 'No dashboard was found');
  process.exit(1);
}
console.log(`${files} dashboards agree with the types of Grafana`);
