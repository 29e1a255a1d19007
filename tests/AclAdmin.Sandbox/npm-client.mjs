// Calls every list with Cloudflare's own client. The sandbox and this module have one author; this client has another.
// node npm-client.mjs BASE_URL ACCOUNT_ID TOKEN, in a folder with node_modules/cloudflare. Each call that fails is a line; the exit code counts them.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [baseURL, account_id, apiToken] = process.argv.slice(2);
const { default: Cloudflare } = createRequire(join(process.cwd(), 'package.json'))('cloudflare');
const settings = new Cloudflare({ apiToken, baseURL, maxRetries: 0 }).emailSecurity.settings;
const pattern = { pattern: 'npm@example.com', pattern_type: 'EMAIL', is_regex: false, comments: null };
const domain = { allowed_delivery_modes: ['DIRECT'], drop_dispositions: ['SPAM'], ip_restrictions: ['192.0.2.0/24'], regions: ['GLOBAL'] };
const lists = {
  impersonationRegistry: { create: { name: 'Npm', email: 'npm@example.com', is_email_regex: false }, edit: { comments: null }, filter: { provenance: 'A1S_INTERNAL', order: 'name' } },
  allowPolicies: {
    create: { ...pattern, is_acceptable_sender: false, is_exempt_recipient: false, is_trusted_sender: true, verify_sender: true },
    edit: { verify_sender: false }, filter: { pattern_type: 'EMAIL', verify_sender: true, order: 'pattern' },
  },
  blockSenders: { create: pattern, edit: { comments: 'c' }, filter: { pattern_type: 'EMAIL', direction: 'desc' } },
  contentPolicies: { create: { name: 'Npm', enabled: true, pattern: 'gift', targets: ['SUBJECT'] }, edit: { notes: null }, filter: {} },
  trustedDomains: { create: { pattern: 'npm.example', is_regex: false, is_recent: true, is_similarity: false }, edit: { is_recent: false }, filter: { is_similarity: true } },
  sendingDomainRestrictions: { create: { domain: 'npm.example', exclude: [] }, edit: { exclude: ['a.npm.example'] }, filter: { order: 'domain' } },
  urlIgnorePatterns: { create: { pattern: 'https://npm\\.example/.*' }, edit: { comments: 'c' }, filter: {} },
  domains: { create: { ...domain, domain: 'npm.example' }, edit: { lookback_hops: 3 }, filter: { status: 'ACTIVE', domain: ['npm.example'], order: 'domain' }, replace: domain },
};
let calls = 0;
let failures = 0;

async function call(name, run, check = (answer) => Boolean(answer?.id)) {
  calls++;
  try {
    const answer = await run();
    if (!check(answer)) throw new Error(`unexpected answer: ${JSON.stringify(answer)}`);
    return answer;
  } catch (error) {
    failures++;
    console.log(`${name}: ${error.message}`);
    return {};
  }
}

for (const [name, { create, edit, filter, replace }] of Object.entries(lists)) {
  const list = settings[name];
  const body = (fields) => ({ account_id, ...fields });
  const read = async (query) => {
    const items = [];
    for await (const item of list.list(body({ per_page: 10, ...query }))) items.push(item);
    return items;
  };
  const all = await call(`${name}.list`, () => read({}), (items) => new Set(items.map((item) => item.id)).size === items.length && items.length > 10);
  await call(`${name}.list with filters`, () => read(filter), Array.isArray);
  const { id } = await call(`${name}.create`, () => list.create(body(create)));
  await call(`${name}.get`, () => list.get(id, { account_id }), (item) => Object.keys(create).every((key) => JSON.stringify(item[key] ?? null) === JSON.stringify(create[key])));
  await call(`${name}.edit`, () => list.edit(id, body(edit)), (item) => Object.keys(edit).every((key) => JSON.stringify(item[key] ?? null) === JSON.stringify(edit[key])));
  if (replace) await call(`${name}.update`, () => list.update(id, body(replace)));
  await call(`${name}.delete`, () => list.delete(id, { account_id }));
  // The client has no batch for three lists.
  if (!list.batch) continue;
  const writes = { deletes: [{ id: all[1].id }], patches: [{ id: all[2].id, ...edit }], puts: [], posts: [create] };
  await call(`${name}.batch`, () => list.batch(body(writes)), (answer) => ['deletes', 'patches', 'posts'].every((part) => answer[part].length === 1));
}

console.log(`${calls} calls, ${failures} failed`);
process.exitCode = Math.min(failures, 100);
