module followtherequest/source/functions

go 1.26.0
