// A page in a headless Chromium: node chromium.js SCRIPT URL USER PASSWORD. It prints what the script says, a line each, and
// hands it what is typed. The page is one of the domain's, so that the nodes take its connections; whom Chromium trusts is in
// the NSS database of HOME.
'use strict';

const { build } = require('esbuild');
const puppeteer = require('puppeteer-core');
const lines = require('readline').createInterface({ input: process.stdin });

const [script, url, user, password] = process.argv.slice(2);
const address = `${url.startsWith('wss:') ? 'https' : 'http'}://phone.sipring.test/`;

const run = async () => {
  const { outputFiles: [bundle] } = await build({ entryPoints: [script], bundle: true, write: false, format: 'iife', define: { global: 'window' } });
  const browser = await puppeteer.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      // Root has no sandbox. The page is our own.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--js-flags=--max-old-space-size=128',
      // The names that the zone has, where the first node is.
      '--host-resolver-rules=MAP *.sipring.test 127.0.0.11',
      // A public page needs its user's leave to connect to loopback addresses, where no platform but a test's is.
      '--disable-features=LocalNetworkAccessChecks',
    ],
  });
  const leave = () => browser.close().finally(() => process.exit(0));
  process.on('SIGTERM', leave);
  lines.on('close', leave);
  const [page] = await browser.pages();
  await page.setRequestInterception(true);
  page.on('request', request => request.respond({ contentType: 'text/html', body: '<title>phone</title>' }));
  page.on('pageerror', error => console.log('error', error.message));
  await page.exposeFunction('say', line => console.log(line));
  await page.goto(address);
  await page.evaluate(phone => { window.phone = phone; }, { url, user, password });
  await page.addScriptTag({ content: bundle.text });
  lines.on('line', line => page.evaluate(text => window.heard(text), line));
};

run().catch(failure => {
  console.log('error', failure);
  process.exit(1);
});
