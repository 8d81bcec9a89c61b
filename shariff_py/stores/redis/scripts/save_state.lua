-- fencing token ('' for none), platform, JSON -> 0 where the lease is lost
if is_lost(ARGV[1]) then return 0 end
redis.call('HSET', p .. 'platform_states', ARGV[2], ARGV[3])
return 1
