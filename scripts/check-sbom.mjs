// Holds a CycloneDX bill of materials against lock files: node check-sbom.mjs SBOM LOCK…   Exit code 1 and a list when they differ.
import { readFileSync } from 'node:fs';

const [sbom, ...locks] = process.argv.slice(2);
const bill = JSON.parse(readFileSync(sbom, 'utf8'));
const wrong = [];

if (bill.bomFormat !== 'CycloneDX' || !/^1\.\d+$/.test(bill.specVersion ?? '')) wrong.push('not a CycloneDX document');
if (!/^urn:uuid:[0-9a-f-]{36}$/.test(bill.serialNumber ?? '')) wrong.push('no serial number');
if (!bill.metadata?.component?.version) wrong.push('does not say what it is about');

const locked = new Set();
for (const lock of locks) {
  for (const packages of Object.values(JSON.parse(readFileSync(lock, 'utf8')).dependencies)) {
    for (const [name, entry] of Object.entries(packages)) {
      if (entry.type !== 'Project') locked.add(`${name}@${entry.resolved}`);
    }
  }
}

const own = ['Lti', 'OneRoster'];
const components = (bill.components ?? []).filter(component => !own.includes(component.name));
const listed = new Set(components.map(component => `${component.name}@${component.version}`));
for (const name of locked) if (!listed.has(name)) wrong.push(`${name} is locked and not listed`);
for (const name of listed) if (!locked.has(name)) wrong.push(`${name} is listed and not locked`);
for (const component of components) {
  const name = `${component.name}@${component.version}`;
  if (component.purl !== `pkg:nuget/${name}`) wrong.push(`${name} has no package URL`);
  if (!component.hashes?.some(hash => hash.alg === 'SHA-512' && /^[0-9A-F]{128}$/i.test(hash.content))) wrong.push(`${name} has no hash`);
  if (!component.licenses?.length) wrong.push(`${name} has no licence`);
}
if (locked.size === 0) wrong.push('no package is locked');

for (const line of wrong) console.error(line);
if (wrong.length === 0) console.log(`${sbom}: ${listed.size} packages, as locked`);
process.exit(wrong.length === 0 ? 0 : 1);
