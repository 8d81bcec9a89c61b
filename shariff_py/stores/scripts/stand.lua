-- platform, JSON, fence ('' for none) -> 0 where the lease is lost
if is_lost(ARGV[3]) then return 0 end
redis.call('HSET', p .. 'standings', ARGV[1], ARGV[2])
return 1
