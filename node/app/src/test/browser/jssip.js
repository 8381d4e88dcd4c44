// A browser with JsSIP, without its media: node jssip.js URL USER PASSWORD. It says what happens, a line each, and takes
// 'message USER TEXT' a line. It is busy for whoever calls.
'use strict';

globalThis.WebSocket = require('ws');
// JsSIP takes calls only where it finds media; none is ever used here.
globalThis.window = { RTCPeerConnection: class {} };
const JsSIP = require('jssip');
const lines = require('readline').createInterface({ input: process.stdin });

const [url, user, password] = process.argv.slice(2);
const say = (...words) => console.log(words.join(' '));

const agent = new JsSIP.UA({
  sockets: [new JsSIP.WebSocketInterface(url)],
  uri: `sip:${user}@sipring.test`,
  password,
});
agent.on('connected', () => say('connected'));
agent.on('registered', () => say('registered'));
agent.on('registrationFailed', event => say('refused', event.cause));
agent.on('newMessage', event => {
  if (event.originator === 'remote') {
    say('message', event.request.from.uri.user, event.request.body);
  }
});
agent.on('newRTCSession', event => {
  if (event.originator === 'remote') {
    say('called by', event.request.from.uri.user);
    event.session.terminate({ status_code: 486 });
  }
});
agent.start();

lines.on('line', line => {
  const [, to, text] = line.match(/^message (\S+) (.*)$/);
  agent.sendMessage(`sip:${to}@sipring.test`, text, {
    eventHandlers: { succeeded: () => say('delivered'), failed: event => say('failed', event.cause) },
  });
});
lines.on('close', () => process.exit(0));
