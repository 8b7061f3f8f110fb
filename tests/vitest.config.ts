/** Vitest (chosen: one runner for TypeScript, fast, watches): unit tests beside nothing but what they import, contract tests with real sandboxes. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      // They wait for events, so a limit only ends what hangs: on a machine that does ten other things a minute is not much.
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 60_000 } },
      // Real sandboxes share two cores: one file at a time.
      { test: { name: 'contract', include: ['tests/contract/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false } },
    ],
  },
})
