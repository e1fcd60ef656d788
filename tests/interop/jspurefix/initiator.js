'use strict'
// An initiator of jspurefix: calls, logs on, echoes orders, and calls again when its session is over.
const { Launcher, description, options, outlive } = require('./session')

const AGAIN_MS = 500

async function main () {
  const given = options({ port: 0, beginString: 'FIX.4.4', sender: 'SUT', target: 'TESTER', heartbeat: 30 })
  process.stdout.write(`calling port ${given.port}\n`)
  for (;;) {
    try {
      await new Launcher(description('initiator', given)).run()
    } catch (error) {
      process.stderr.write(`${error.message}\n`)
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}

outlive()
main()
