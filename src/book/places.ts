/** Fills the places of stops into commands: `break create {stop:create}` becomes `break create handlers/create.go:182`. Pure. */

const PLACEHOLDER = /\{stop:([^}]*)\}/g

/** The ids of the stops that a command names, in order. */
export function stopsIn(command: string): string[] {
  return [...command.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '')
}

/** The command with each `{stop:ID}` replaced by `locations[ID]`, a location as Delve takes it. Throws when one is missing. */
export function fillIn(command: string, locations: Readonly<Record<string, string>>): string {
  return command.replace(PLACEHOLDER, (_, id: string) => {
    const location = locations[id]
    if (location === undefined) throw new Error(`No location is known for the stop "${id}".`)
    return location
  })
}

/** Whether `typed` may have come of `command`, whatever the locations were. */
export function couldBe(command: string, typed: string): boolean {
  const parts = command.split(/\{stop:[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('\\S+')}$`).test(typed)
}
