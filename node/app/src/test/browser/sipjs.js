// A browser with SIP.js, its media left out: node sipjs.js URL USER PASSWORD. It says what happens, a line each, and takes
// 'message USER TEXT', 'call USER' and 'bye', a line each. It answers whoever calls.
'use strict';

globalThis.WebSocket = require('ws');
const { Inviter, Messager, Registerer, RegistererState, SessionState, UserAgent } = require('sip.js');
const lines = require('readline').createInterface({ input: process.stdin });

const [url, user, password] = process.argv.slice(2);
const say = (...words) => console.log(words.join(' '));
const uri = name => UserAgent.makeURI(`sip:${name}@sipring.test`);

/** Stands in for the browser's media. */
class NoMedia {
  static sdp = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 40000 RTP/AVP 0', ''].join('\r\n');
  getDescription() { return Promise.resolve({ body: NoMedia.sdp, contentType: 'application/sdp' }); }
  hasDescription(contentType) { return contentType === 'application/sdp'; }
  setDescription() { return Promise.resolve(); }
  rollbackDescription() { return Promise.resolve(); }
  holdModifier(description) { return Promise.resolve(description); }
  sendDtmf() { return false; }
  close() {}
}

let session;
const follow = begun => {
  session = begun;
  session.stateChange.addListener(state => {
    if (state === SessionState.Established) say('established');
    if (state === SessionState.Terminated) say('ended');
  });
};

const agent = new UserAgent({
  uri: uri(user),
  authorizationUsername: user,
  authorizationPassword: password,
  transportOptions: { server: url },
  sessionDescriptionHandlerFactory: () => new NoMedia(),
  logBuiltinEnabled: false,
  delegate: {
    onInvite: invitation => { follow(invitation); invitation.accept(); },
    onMessage: message => { say('message', message.request.from.uri.user, message.request.body); message.accept(); },
  },
});

const todo = {
  message: (to, ...text) => new Messager(agent, uri(to), text.join(' ')).message({
    requestDelegate: { onAccept: () => say('delivered'), onReject: response => say('failed', response.message.statusCode) },
  }),
  call: to => { follow(new Inviter(agent, uri(to))); return session.invite({
    requestDelegate: { onReject: response => say('failed', response.message.statusCode) } }); },
  bye: () => session.bye(),
};

agent.start().then(() => {
  const registerer = new Registerer(agent);
  registerer.stateChange.addListener(state => { if (state === RegistererState.Registered) say('registered'); });
  return registerer.register({ requestDelegate: { onReject: response => say('refused', response.message.statusCode) } });
});

lines.on('line', line => {
  const [verb, ...words] = line.split(' ');
  todo[verb](...words).catch(failure => say('failed', failure));
});
lines.on('close', () => process.exit(0));
