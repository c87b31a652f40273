// Measures eld, tinyld, nlp.js and VADER on the texts of a file: node peers.mjs <input.json> <seconds>. Writes { name: value } to standard output.
// Times are microseconds of one call: the median, and the mean of CPU.
import { readFileSync } from 'node:fs';
import { eld } from 'eld/large';
import { detect } from 'tinyld';
import vader from 'vader-sentiment';
import nodeNlp from 'node-nlp';

const [input, seconds] = process.argv.slice(2);
const { texts, languages, codes, sentiments, train, test } = JSON.parse(readFileSync(input, 'utf8'));
const figures = {};
const share = (all, isRight) => all.filter(isRight).length / all.length;

async function measure(name, call) {
  for (const [words, list] of Object.entries(texts)) {
    const run = async until => {
      const times = [];
      while (performance.now() < until || times.length < list.length) {
        for (const text of list) {
          const start = process.hrtime.bigint();
          await call(text);
          times.push(Number(process.hrtime.bigint() - start) / 1000);
        }
      }
      return times.sort((a, b) => a - b);
    };
    await run(performance.now() + seconds * 300);
    const cpu = process.cpuUsage();
    const times = await run(performance.now() + seconds * 1000);
    const used = process.cpuUsage(cpu);
    figures[`${name}_${words}_words_us`] = times[times.length >> 1];
    figures[`${name}_${words}_words_p99_us`] = times[Math.floor(times.length * 0.99)];
    figures[`${name}_${words}_words_cpu_us`] = (used.user + used.system) / times.length;
  }
}

eld.setLanguageSubset(codes);
await measure('eld', text => eld.detect(text));
figures.eld_language_accuracy = share(languages, row => eld.detect(row.text).language === row.label);

await measure('tinyld', text => detect(text, { only: codes }));
figures.tinyld_language_accuracy = share(languages, row => detect(row.text, { only: codes }) === row.label);

const mood = text => {
  const { compound } = vader.SentimentIntensityAnalyzer.polarity_scores(text);
  return compound >= 0.05 ? 'positive' : compound <= -0.05 ? 'negative' : 'neutral';
};
await measure('vader', mood);
figures.vader_sentiment_accuracy = share(sentiments, row => mood(row.text) === row.label);

// nlp.js prints while it trains.
console.log = console.info = () => {};
const manager = new nodeNlp.NlpManager({ languages: ['en'], forceNER: false, autoSave: false, nlu: { log: false } });
for (const row of train) manager.addDocument('en', row.text, row.label);
const begun = performance.now();
await manager.train();
figures.nlpjs_train_ms = performance.now() - begun;
await measure('nlpjs', text => manager.process('en', text));
const said = [];
for (const row of test) said.push((await manager.process('en', row.text)).intent);
figures.nlpjs_intent_accuracy = share(test, row => said[test.indexOf(row)] === row.label);

process.stdout.write(JSON.stringify(figures));
