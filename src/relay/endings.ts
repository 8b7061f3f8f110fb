/** The words in which a reader is told why their session is over. */
import type { Ending } from '../protocol/messages.ts'
import { SandboxError } from '../sandbox/sandbox.ts'

const minutes = (milliseconds: number) => {
  const count = Math.round(milliseconds / 60_000)
  if (count >= 120) return `${Math.round(count / 60)} hours`
  return count === 1 ? '1 minute' : count < 1 ? 'some seconds' : `${count} minutes`
}

export const ENDINGS = {
  asked: (): Ending => ({ reason: 'asked', words: 'You ended this session. Start a new sandbox whenever you like.' }),
  relayClosing: (): Ending => ({ reason: 'relay-closing', words: 'The relay was stopped, and every sandbox with it.' }),
  leftAlone: (grace: number): Ending => ({
    reason: 'expired',
    words: `No page looked at this session for ${minutes(grace)}. Start a new sandbox to go on.`,
  }),
  tooOld: (lifetime: number): Ending => ({ reason: 'expired', words: `A session lasts at most ${minutes(lifetime)}. Start a new sandbox to go on.` }),
  serverKilled: (words: string): Ending => ({ reason: 'server-killed', words: `${words} Start a new sandbox to go on.` }),
  sandboxDied: (words: string): Ending => ({ reason: 'sandbox-died', words: `${words} Start a new sandbox to go on.` }),
  /** The sandbox could not be had at all. */
  notStarted: (error: unknown): Ending => ({
    reason: 'sandbox-died',
    words:
      error instanceof SandboxError
        ? `${error.message} ${error.fix}`
        : `The sandbox could not be started: ${error instanceof Error ? error.message : error}`,
  }),
} as const
