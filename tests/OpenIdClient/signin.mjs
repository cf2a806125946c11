// Signs in at the gateway by openid-client, a certified relying party library that knows nothing of the gateway.
// Reads from standard input: { issuer, client, key, redirectUri, loginHint, cookie }: the library's own client metadata, and for private_key_jwt
// the private JWK. Writes what the library made of it to standard output, as JSON.
import { text } from 'node:stream/consumers';
import { Issuer, generators } from 'openid-client';

const { issuer, client, key, redirectUri, loginHint, cookie } = JSON.parse(await text(process.stdin));

const provider = await Issuer.discover(issuer);
const relyingParty = new provider.Client(
  { ...client, redirect_uris: [redirectUri], response_types: ['code'] }, key ? { keys: [key] } : undefined);

const checks = { code_verifier: generators.codeVerifier(), state: generators.state(), nonce: generators.nonce(), response_type: 'code' };
const address = relyingParty.authorizationUrl({
  scope: 'openid',
  state: checks.state,
  nonce: checks.nonce,
  code_challenge: generators.codeChallenge(checks.code_verifier),
  code_challenge_method: 'S256',
  login_hint: loginHint,
});

// The browser, with what the launch left in it: it follows one redirect, which leads to the library's redirect URI.
const answer = await fetch(address, { redirect: 'manual', headers: { cookie } });
const returned = relyingParty.callbackParams(answer.headers.get('location'));
const tokens = await relyingParty.callback(redirectUri, returned, checks);
const person = await relyingParty.userinfo(tokens);
const own = await relyingParty.grant({ grant_type: 'client_credentials', scope: 'scores.write' });

const header = JSON.parse(Buffer.from(tokens.id_token.split('.')[0], 'base64url'));
console.log(JSON.stringify({
  claims: tokens.claims(), person, algorithm: header.alg, returned: Object.keys(returned).sort(), scope: own.scope, tokenType: own.token_type,
}));
