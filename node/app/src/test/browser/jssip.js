// A page with JsSIP, without its media: chromium.js says who it is and what it hears, and takes what it says. It takes
// 'message USER TEXT' a line. It is busy for whoever calls.
'use strict';

const JsSIP = require('jssip');

const { url, user, password } = window.phone;
const say = (...words) => window.say(words.join(' '));

const agent = new JsSIP.UA({
  sockets: [new JsSIP.WebSocketInterface(url)],
  uri: `sip:${user}@sipring.test`,
  password,
});
agent.on('connected', () => say('connected'));
agent.on('disconnected', () => say('disconnected'));
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

window.heard = line => {
  const [, to, text] = line.match(/^message (\S+) (.*)$/);
  agent.sendMessage(`sip:${to}@sipring.test`, text, {
    eventHandlers: { succeeded: () => say('delivered'), failed: event => say('failed', event.cause) },
  });
};
