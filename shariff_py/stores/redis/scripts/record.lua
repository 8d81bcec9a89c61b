-- fencing token ('' for none), platform, now, then for each attempt: page, next_at, value ('' for none), reason
-- -> 0 where the lease is lost
local name, now = ARGV[2], ARGV[3]
if is_lost(ARGV[1]) then return 0 end
add_platform(name)
for i = 4, #ARGV, 4 do
  local page, next_at, value, reason = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local key = p .. 'page:' .. page
  -- Of a page that is known here a server with too little memory may have evicted the rest.
  if redis.call('ZSCORE', p .. 'due:' .. name, page) then
    if value ~= '' then
      redis.call('HSET', key, name .. ':value', value, name .. ':as_of', now)
      redis.call('ZADD', p .. 'value:' .. name, value, page)
      if tonumber(value) > 0 then raise(page, NUMBER) end
    end
    redis.call('HSET', key, name .. ':tried_at', now, name .. ':reason', reason)
    redis.call('ZADD', p .. 'due:' .. name, next_at, page)
  end
end
return 1
