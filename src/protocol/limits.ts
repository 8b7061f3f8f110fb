/** The limits of the protocol between page and relay, each with its reason. */

/** Keys of one message, UTF-16 units: a pasted manifest fits, a file does not. */
export const MAX_INPUT = 16_384
/** Bytes of one message from a page: the largest input in JSON escapes, with room for its frame. */
export const MAX_MESSAGE = 131_072
/** Columns and rows of a terminal. */
export const MAX_COLUMNS = 500
export const MAX_ROWS = 300
/** Characters of a walk's name. */
export const MAX_NAME = 200
/** Characters of an expression to expand. */
export const MAX_EXPRESSION = 2_048
/** Messages a page may send in one second before the relay refuses. */
export const MAX_MESSAGES_PER_SECOND = 500
/** Bytes of messages a page may send in one second: far beyond what anybody pastes, and little work to parse. */
export const MAX_BYTES_PER_SECOND = 4_194_304
/** Bytes of a terminal's output after which a page says that it has shown them. */
export const SHOWN_EVERY = 65_536
