// SPDX-License-Identifier: GPL-3.0-or-later
// Signs people of the laboratory in and hands out access tokens: OpenID Connect by oidc-provider, with
// its own pages for the name (any password will do) and the consent.
//
//   issuer.js URL ADDRESS CERTIFICATE-WITHOUT-SUFFIX
import fs from 'node:fs';
import https from 'node:https';
import Provider from 'oidc-provider';

const [url, address, certificate] = process.argv.slice(2);

// A program on a person's computer (RFC 8252): no secret, and any port of the loopback address.
const program = (id) => ({
  client_id: id,
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  redirect_uris: ['http://127.0.0.1/'],
  grant_types: ['authorization_code'],
  response_types: ['code'],
});

const provider = new Provider(url, {
  clients: [
    program('restante-lab'),
    // Its tokens have expired by the time they arrive.
    program('restante-lab-late'),
    // Dovecot, which asks what a token is worth (RFC 7662).
    {
      client_id: 'dovecot',
      client_secret: 'dovecot',
      token_endpoint_auth_method: 'client_secret_basic',
      redirect_uris: [],
      grant_types: [],
      response_types: [],
    },
  ],
  scopes: ['openid', 'mail'],
  pkce: { methods: ['S256'], required: () => true },
  features: { introspection: { enabled: true } },
  ttl: {
    AccessToken: (context, token, client) => (client.clientId === 'restante-lab-late' ? 1 : 3600),
  },
  cookies: { keys: ['laboratory'] },
  findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
});

// Longer than they last.
provider.use(async (context, next) => {
  await next();
  if (context.path === '/token' && context.oidc?.client?.clientId === 'restante-lab-late')
    await new Promise((done) => setTimeout(done, 2500));
});

https
  .createServer(
    { cert: fs.readFileSync(`${certificate}.crt`), key: fs.readFileSync(`${certificate}.key`) },
    provider.callback(),
  )
  .listen(443, address);
