// A page with SIP.js, its media left out: chromium.js says who it is and what it hears, and takes what it says. It takes
// 'message USER TEXT', 'call USER' and 'bye', a line each. It answers whoever calls.
'use strict';

const { Inviter, Messager, Registerer, RegistererState, SessionState, UserAgent } = require('sip.js');

const { url, user, password } = window.phone;
const say = (...words) => window.say(words.join(' '));
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

window.heard = line => {
  const [verb, ...words] = line.split(' ');
  todo[verb](...words).catch(failure => say('failed', failure));
};
