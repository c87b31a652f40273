// Builds dist/widget.js: one classic script, everything inside. `--size` prints what it weighs.
import { build, transform } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const folder = new URL('.', import.meta.url).pathname;
const bundle = { bundle: true, minify: true, target: 'es2022', charset: 'utf8', write: false, legalComments: 'none' };

const styles = {
  name: 'styles',
  setup(build) {
    build.onResolve({ filter: /\.css\?inline$/ }, ({ path, resolveDir }) => ({ path: new URL(path.replace('?inline', ''), `file://${resolveDir}/`).pathname, namespace: 'styles' }));
    build.onLoad({ filter: /./, namespace: 'styles' }, async ({ path }) => ({ contents: (await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true })).code.trim(), loader: 'text' }));
  },
};

// The languages name every key again; packed, each is one string and the keys are written once.
const texts = {
  name: 'texts',
  setup({ onLoad }) {
    onLoad({ filter: /texts\/table\.ts$/ }, async ({ path }) => {
      const result = await build({ ...bundle, entryPoints: [path], format: 'esm' });
      const { table } = await import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].text).toString('base64')}`);
      const keys = Object.keys(table.en);
      const packed = Object.fromEntries(Object.entries(table).map(([language, words]) => [language, keys.map(key => words[key]).join('\n')]));
      return {
        contents: `const keys = ${JSON.stringify(keys.join(' '))}.split(' ');
          const unpack = text => Object.fromEntries(text.split('\\n').map((words, i) => [keys[i], words]));
          export const table = Object.fromEntries(Object.entries(${JSON.stringify(packed)}).map(([language, text]) => [language, unpack(text)]));`,
      };
    });
  },
};

const result = await build({ ...bundle, entryPoints: [`${folder}src/main.ts`], outfile: `${folder}dist/widget.js`, format: 'iife', write: true, plugins: [styles, texts] });
if (result.errors.length) process.exit(1);
if (process.argv.includes('--size')) {
  const file = await readFile(`${folder}dist/widget.js`);
  console.log(`dist/widget.js: ${file.length} bytes, ${gzipSync(file, { level: 9 }).length} gzipped`);
}
