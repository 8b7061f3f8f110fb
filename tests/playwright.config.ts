/** Playwright (chosen: real browsers, waits for events by itself): reads the built site as a reader does, served by the relay. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { CHROMIUM_FLAGS } from './support/chromium.ts'

const reports = process.env.FTR_REPORTS

export default defineConfig({
  testDir: './e2e',
  // A sandbox keeps two cores busy: one browser at a time.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  outputDir: join(reports ?? tmpdir(), 'follow-the-request-browser'),
  reporter: reports ? [['list'], ['json', { outputFile: join(reports, 'browser.json') }]] : 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: CHROMIUM_FLAGS },
  },
})
