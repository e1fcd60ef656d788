'use strict'
// What both programs share: a session of jspurefix as an application would write it (tcp/trade-capture of its samples is
// the model), and the description of one by BeginString.
require('reflect-metadata')
const fs = require('fs')
const { AsciiSession, EmptyLogFactory, FixMsgStoreRecord, SessionLauncher } = require('jspurefix')

const UNSUPPORTED = 3 // BusinessRejectReason(380)
const FIELD_MISSING = 5
const LIMIT = '2'

// Those that the package has; the ones of the FIX repository need its install script.
const DICTIONARIES = {
  'FIX.4.2': 'qf42',
  'FIX.4.3': 'qf43',
  'FIX.4.4': 'qf44',
  'FIXT.1.1': 'qf50sp2'
}

// Echoes orders, as the calling simulator of fixdrill does, and keeps what it sent for a ResendRequest: with the store in
// memory that is the application's part (README of jspurefix, "Resending messages").
class EchoSession extends AsciiSession {
  constructor (config) {
    super(config)
    this.checkMsgIntegrity = true // dictionary and CheckSum(10) are looked at only when asked for
    this.orders = new Set()
  }

  onApplicationMsg (msgType, view) {
    const message = view.toObject()
    const refuse = (reason) => this.sendKept('j', {
      RefSeqNum: message.StandardHeader.MsgSeqNum, RefMsgType: msgType, BusinessRejectReason: reason
    })
    if (msgType !== 'D') return refuse(UNSUPPORTED)
    if (message.OrdType === LIMIT && message.Price === undefined) return refuse(FIELD_MISSING)
    if (message.StandardHeader.PossResend && this.orders.has(message.ClOrdID)) return
    this.orders.add(message.ClOrdID)
    delete message.StandardHeader
    delete message.StandardTrailer
    this.sendKept(msgType, message)
  }

  sendKept (msgType, message) {
    this.send(msgType, message, (error, result) => {
      if (error || !this.store) return
      const { MsgSeqNum, SendingTime } = result.header
      this.store.put(new FixMsgStoreRecord(msgType, SendingTime, MsgSeqNum, message)).catch(() => {})
    })
  }

  // Whom an acceptor knows is its application's business: TargetCompID * lets everybody in.
  onLogon (view) {
    return this.config.description.application.type === 'initiator' ||
      (/^BRK\d+$/.test(view.getString('SenderCompID')) &&
        view.getString('TargetCompID') === this.config.description.SenderCompId)
  }

  onReady () {}
  onStopped () {}
  onDecoded (msgType, text) { log('in ', text) }
  onEncoded (msgType, text) { log('out', text) }
}

class Launcher extends SessionLauncher {
  constructor (description) {
    const initiator = description.application.type === 'initiator'
    super(initiator ? description : null, initiator ? null : description, new EmptyLogFactory())
  }

  makeFactory () {
    return { makeSession: (config) => new EchoSession(config) }
  }
}

function log (direction, text) {
  const file = process.env.INTEROP_LOG
  if (file) fs.appendFileSync(file, `${new Date().toISOString()} ${direction} ${text}\n`)
}

function description (type, options) {
  const { port, beginString, sender, target, heartbeat } = options
  return {
    application: {
      type,
      name: type,
      tcp: { host: '127.0.0.1', port },
      protocol: 'ascii',
      dictionary: DICTIONARIES[beginString],
      reconnectSeconds: 1,
      connectTimeoutSeconds: 600
    },
    BeginString: beginString,
    SenderCompId: sender,
    TargetCompID: target,
    HeartBtInt: heartbeat,
    EncryptMethod: 0,
    ResetSeqNumFlag: type === 'initiator',
    ...(beginString === 'FIXT.1.1' ? { Logon: { DefaultApplVerID: '9' } } : {})
  }
}

// `--name value` pairs.
function options (defaults) {
  const given = { ...defaults }
  for (let i = 2; i + 1 < process.argv.length; i += 2) given[process.argv[i].replace(/^--/, '')] = process.argv[i + 1]
  given.port = Number(given.port)
  given.heartbeat = Number(given.heartbeat ?? 30)
  return given
}

// A session that ends by an error is one of the things that are tested.
function outlive () {
  process.on('uncaughtException', (error) => process.stderr.write(`${error.stack}\n`))
  process.on('unhandledRejection', (error) => process.stderr.write(`${error && error.stack}\n`))
}

module.exports = { Launcher, description, options, outlive }
