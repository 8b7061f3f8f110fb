module followtherequest/source/functions

go 1.26.0

require followtherequest/source/names v0.0.0

replace followtherequest/source/names => ../names
