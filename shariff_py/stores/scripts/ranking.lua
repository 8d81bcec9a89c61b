-- most, then platforms -> pages, those with the highest sum first
local keys = {}
for i = 2, #ARGV do keys[#keys + 1] = p .. 'value:' .. ARGV[i] end
if #keys == 0 then return {} end
local sums = p .. 'sums'
redis.call('ZUNIONSTORE', sums, #keys, unpack(keys))
local pages = redis.call('ZREVRANGE', sums, 0, tonumber(ARGV[1]) - 1)
redis.call('DEL', sums)
return pages
