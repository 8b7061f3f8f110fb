/** What the recordings say of when, and on what, the book was verified. Nothing here is written by hand. */
import type { Recording } from '../book/recording.ts'

/** Versions and day (`YYYY-MM-DD`) of a verified run. */
export type Verified = Pick<Recording, 'kubernetes' | 'delve' | 'day'>

/** The oldest run, which is what may be said of all of them; null while a chapter has no recording, or versions differ. */
export function verified(chapters: readonly { recording: Recording | null }[]): Verified | null {
  const recordings = chapters.map((chapter) => chapter.recording)
  const [oldest] = recordings.filter((recording) => recording !== null).sort((a, b) => a.day.localeCompare(b.day))
  const same = recordings.every((recording) => recording?.kubernetes === oldest?.kubernetes && recording?.delve === oldest?.delve)
  return oldest !== undefined && same ? oldest : null
}

/** `2026-11-22` as `22 November 2026`. */
export function longDay(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}
