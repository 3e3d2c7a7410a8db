#!/usr/bin/env node
/** The process of `millrace`: one command line, and its exit code. */
import { main } from './command-line.js'
import { tolerateBrokenPipes } from './output.js'

tolerateBrokenPipes()
process.exitCode = await main(process.argv)
