'use strict'
// An acceptor of jspurefix: takes any client (TargetCompID *), echoes its orders. `--port 0`: a free one. Says
// "listening on PORT" once clients are taken.
const net = require('net')
const { Launcher, description, options, outlive } = require('./session')

function freePort () {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

// The engine does not say when it listens.
function listening (port) {
  return new Promise((resolve) => {
    const attempt = () => {
      const line = net.connect(port, '127.0.0.1')
      line.on('connect', () => { line.destroy(); resolve() })
      line.on('error', () => setTimeout(attempt, 100))
    }
    attempt()
  })
}

async function main () {
  const given = options({ port: 0, beginString: 'FIX.4.4', sender: 'EXCH', target: '*' })
  if (given.port === 0) given.port = await freePort()
  new Launcher(description('acceptor', given)).run().catch((error) => {
    process.stderr.write(`${error.stack}\n`)
    process.exit(1)
  })
  await listening(given.port)
  process.stdout.write(`listening on ${given.port}\n`)
}

outlive()
main()
