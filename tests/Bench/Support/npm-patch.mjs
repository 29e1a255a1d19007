// Sends each row's comment with the official client, so many at a time; prints the milliseconds that it took.
import { readFileSync } from 'node:fs';
import Cloudflare from 'cloudflare';

const [baseURL, account_id, apiToken, file, window] = process.argv.slice(2);
const rows = JSON.parse(readFileSync(file, 'utf8'));
const client = new Cloudflare({ apiToken, baseURL });

async function run(list) {
  let next = 0;
  const work = async () => {
    while (next < list.length) {
      const row = list[next++];
      await client.emailSecurity.settings.impersonationRegistry.edit(row.id, { account_id, comments: row.comments });
    }
  };
  await Promise.all(Array.from({ length: Number(window) }, work));
}

await run(rows.slice(0, 100));
const start = performance.now();
await run(rows);
console.log(performance.now() - start);
