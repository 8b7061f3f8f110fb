module followtherequest/source/code

go 1.26.0

// What a module's packages are and import, as Go itself resolves it: go/packages, the Go project's own. It also tells identical types apart (types/typeutil).
require golang.org/x/tools v0.47.0

require (
	golang.org/x/mod v0.37.0 // indirect
	golang.org/x/sync v0.21.0 // indirect
)

require followtherequest/source/names v0.0.0

replace followtherequest/source/names => ../names
