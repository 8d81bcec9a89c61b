-- proposed name of the store -> its name
return epoch(ARGV[1])
